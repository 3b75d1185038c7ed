"""The demonstration region: content as TOML beside this file, replayed through the product's own actions."""
