#!/usr/bin/env bash
# Packs all packages into artifacts/packages, and says how to use them.
# Usage: tools/pack.sh [arguments of dotnet pack, such as --no-build]
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$PWD/artifacts/packages
cache=${NUGET_PACKAGES:-$HOME/.nuget/packages}
rm -rf "$folder"
for project in $(grep -L '<IsPackable>false' src/*/*.csproj); do
  dotnet pack "$project" -c Release -o "$folder" --nologo -v q "$@"
done

# NuGet never reads a version again that it has seen once, so an older copy of the same version is taken out of its cache.
for package in "$folder"/*.nupkg; do
  file=$(basename "$package" .nupkg)
  name=${file%%.[0-9]*}
  rm -rf "$cache/${name,,}/${file#"$name".}"
done

cat <<USAGE
Packed into $folder:
$(cd "$folder" && printf '  %s\n' *.nupkg)

To use them in your programs, tell .NET once where they are ("dotnet nuget remove source chatbotkit" undoes it):
  dotnet nuget add source "$folder" --name chatbotkit
  dotnet add package ChatBotKit

To install the command line tool:
  dotnet tool install --global ChatBotKit.Cli --source "$folder"
USAGE
