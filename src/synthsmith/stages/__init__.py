"""One stage is one module with one public function over typed records; stages meet in records."""
