#!/usr/bin/env bash
# Uses the packages in artifacts/packages as a stranger would: a native program is made of them, and the tool is installed.
# Everything is restored into a folder of its own, so that no older package of the same version is taken from the machine's.
set -euo pipefail
cd "$(dirname "$0")/.."

packages=$PWD/artifacts/packages
place=$PWD/artifacts/consumer
rm -rf "$place" samples/PackageConsumer/{bin,obj}
export NUGET_PACKAGES=$place/packages

dotnet publish samples/PackageConsumer -c Release -o "$place/program"

# A source of the machine may offer the same version: what was restored must be what was packed.
for name in ChatBotKit ChatBotKit.Contracts ChatBotKit.Testing; do
  restored=$(ls "$NUGET_PACKAGES/${name,,}"/*/*.nupkg)
  cmp "$packages/$name.$(basename "$(dirname "$restored")").nupkg" "$restored"
done
"$place/program/PackageConsumer"

dotnet tool install ChatBotKit.Cli --tool-path "$place/tools" --source "$packages"
"$place/tools/cbk" --version
