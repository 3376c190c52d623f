"""What each measure buys, and which package is best under the frames: by the user's own prices, never by origin."""
