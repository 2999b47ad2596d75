#!/usr/bin/env bash
# Uses the packages of tools/pack.sh as a stranger would, with the commands that the documents give: a native program is made
# of them, the programs of the README are built, and the tool is installed. Everything is kept in a folder and a home of its
# own, so that no older package of the same version is taken from the machine's, and nothing of the machine is changed.
set -euo pipefail
cd "$(dirname "$0")/.."

root=$PWD
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

# The settings of the machine, such as its package sources, are copied into the home.
mkdir -p "$place/home/.nuget"
[ ! -d ~/.nuget/NuGet ] || cp -r ~/.nuget/NuGet "$place/home/.nuget/"
export HOME=$place/home DOTNET_CLI_HOME=$place/home

# The programs of the README, outside of the repository, whose settings would count below it.
outside=$(mktemp -d)
trap 'rm -rf "$outside"' EXIT
dotnet nuget add source "$PWD/artifacts/packages" --name chatbotkit
cd "$outside"
dotnet new console -o Flowers && cd Flowers
dotnet add package ChatBotKit
awk '/^```csharp/ { on = 1; next } /^```/ { on = 0 } on' "$root/README.md" > Program.cs
dotnet build
cd "$root"

dotnet tool install --global ChatBotKit.Cli --source "$PWD/artifacts/packages"
"$place/home/.dotnet/tools/cbk" --version
