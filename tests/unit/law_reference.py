"""The law once more, slow and plain, one area at a time; written from the act and sharing nothing with the package."""


def met(list_year, values, national):
    """Return which of the five criteria are met by the main limits."""
    outside, convicted, basic, income, origin = values
    if list_year <= 2013:
        return [outside > 40, convicted > 2.70, False, False, origin > 50]
    if list_year <= 2017:
        return [outside > 40, convicted > 2.70, basic > 50, income < 55, origin > 50]
    return [outside > 40, convicted >= 3 * national, basic > 60, income < 55, origin > 50]


def on_prevention_list(list_year, residents, values, national):
    outside, convicted, basic, income, origin = values
    if list_year < 2021 or residents < 1000 or not origin > 30:
        return False
    return sum([outside > 30, convicted >= 2 * national, basic > 60, income < 65]) >= 2


def is_ghetto(list_year, residents, values, national):
    criteria = met(list_year, values, national)
    if residents < 1000:
        return False
    if list_year <= 2013:
        return sum(criteria) >= 2
    if list_year <= 2017:
        return sum(criteria) >= 3
    return sum(criteria[:4]) >= 2 and criteria[4]


def is_vulnerable(list_year, residents, values, national):
    return list_year >= 2018 and residents >= 1000 and sum(met(list_year, values, national)[:4]) >= 2


def judge(list_year, residents, values, national, years_before, origin_criterion=True):
    """Return the category, 0 none to 4 conversion, and the years in a row after this list."""
    if origin_criterion and is_ghetto(list_year, residents, values, national):
        years = years_before + 1
        return (4 if list_year >= 2018 and years >= 5 else 3), years
    if is_vulnerable(list_year, residents, values, national):
        return 2, 0
    if origin_criterion and on_prevention_list(list_year, residents, values, national):
        return 1, 0
    return 0, 0
