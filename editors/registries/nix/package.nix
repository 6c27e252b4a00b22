# nix-build -E 'with import <nixpkgs> { }; callPackage ./editors/registries/nix/package.nix { }'
{ lib, rustPlatform }:

rustPlatform.buildRustPackage {
  pname = "cachelint";
  version = (lib.importTOML ../../../Cargo.toml).workspace.package.version;
  src = lib.cleanSource ../../..;
  cargoLock.lockFile = ../../../Cargo.lock;
  cargoBuildFlags = [ "--package" "cachelint" ];
  # The tests want git, Node.js and a home.
  doCheck = false;
  meta = {
    description = "Finds static references whose URL does not change when the file does";
    license = with lib.licenses; [ mit asl20 ];
    mainProgram = "cachelint";
  };
}
