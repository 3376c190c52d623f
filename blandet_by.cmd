@echo off
rem Starts the local page of Blandet By by double click, without administrator rights.
rem The first time, and when the version has changed, it installs into the user's own folder.
setlocal EnableExtensions DisableDelayedExpansion
set "HOME_FOLDER=%LOCALAPPDATA%\BlandetBy"
set "VENV=%HOME_FOLDER%\venv"
set "PYTHONUTF8=1"

rem pushd gives a folder on a network drive a letter of its own.
pushd "%~dp0"
if errorlevel 1 goto failed
if not exist "simulation\__init__.py" (
  echo Pak hele mappen ud af zip-filen, og start igen.
  echo Unpack the whole folder from the zip file, and start again.
  goto failed
)

if not exist "%VENV%\installed.txt" goto install
fc /b "simulation\__init__.py" "%VENV%\installed.txt" >nul 2>nul
if not errorlevel 1 goto serve

:install
set "PYTHON=py -3"
%PYTHON% -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul
if not errorlevel 1 goto found
set "PYTHON=python"
%PYTHON% -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul
if not errorlevel 1 goto found
echo Python 3.11 eller nyere blev ikke fundet. Hent det i Microsoft Store eller paa python.org
echo uden krydset ved "admin privileges", og start igen.
echo Python 3.11 or newer was not found. Get it from Microsoft Store or python.org
echo without the tick at "admin privileges", and start again.
goto failed

:found
echo Blandet By installeres i "%VENV%"
echo Det sker kun denne ene gang og tager nogle minutter.
echo Blandet By is being installed. This happens once and takes some minutes.
%PYTHON% -m venv "%VENV%"
if errorlevel 1 goto failed
set "SOURCE=.[web]"
set "WHERE="
if exist "wheels\*.whl" set "SOURCE=blandetby[web]"
if exist "wheels\*.whl" set "WHERE=--no-index --find-links wheels"
"%VENV%\Scripts\python.exe" -m pip install --disable-pip-version-check --upgrade %WHERE% "%SOURCE%"
if errorlevel 1 goto failed
copy /b /y "simulation\__init__.py" "%VENV%\installed.txt" >nul

:serve
rem Not from the folder of the sources: what is installed is what runs.
cd /d "%HOME_FOLDER%"
echo.
echo Luk dette vindue for at slutte. Close this window to end.
"%VENV%\Scripts\python.exe" -m simulation web --open --lang da --out "%HOME_FOLDER%\outputs"
if errorlevel 1 goto failed
popd
exit /b 0

:failed
echo.
echo Det lykkedes ikke. Hvad der kan goeres, staar i docs\da\windows.md
echo It did not succeed. What can be done stands in docs\windows.md
pause
exit /b 1
