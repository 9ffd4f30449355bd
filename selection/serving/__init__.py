"""The server around the app: settings, sign-in, headers, uploads, logs; a key where one works alone."""
