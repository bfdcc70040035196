process.env['SOAK'] ??= '1';
