using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Resources;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;
using ChatBotKit.Server.Features.Spaces.Storage;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Spaces;

/// <summary><c>space.storage.*</c>: the files of the linked space, or of the space that <c>spaceId</c> names.</summary>
internal sealed class StorageAction(
    IStore store, ActionResources resources, TextFiles texts, StorageContents contents, StorageChanges changes) : IAbilityAction
{
    private const string Prefix = "space.storage.";
    private const string PathName = "path";
    private const string Destination = "destinationPath";
    private const int MaxListed = 1_000;

    public IReadOnlyList<string> Names { get; } =
    [
        Prefix + "list", Prefix + "read", Prefix + "write", Prefix + "rw", Prefix + "copy", Prefix + "move", Prefix + "delete",
    ];

    public IReadOnlyList<AbilityField> FieldsOf(string action)
    {
        var path = ActionFields.Required(PathName, "The path of the file.");
        return action[Prefix.Length..] switch
        {
            "list" => [ActionFields.Optional(PathName, "The folder; the root by default."), ActionFields.Switch("recursive", "Whether to list folders below it too.")],
            "read" => [path, .. FileAction.Lines],
            "write" => [path, ActionFields.Required("content", "The new text."), .. FileAction.Lines],
            "rw" => [path, ActionFields.OneOf("mode", "read or write.", "read", "write"), ActionFields.Optional("content", "The new text."), .. FileAction.Lines],
            "delete" => [path],
            _ => [path, ActionFields.Required(Destination, "The new path.")],
        };
    }

    public async Task<AbilityResult> ExecuteAsync(AbilityCall call, CancellationToken cancellationToken)
    {
        var space = await SpaceOfCall.FindAsync(resources, call, cancellationToken);
        var action = call.Action[Prefix.Length..];
        if (action == "list")
            return AbilityResult.Of(await ListAsync(space, call, cancellationToken));
        var path = SpacePath.Parse(call.Require(PathName), PathName);
        if (action == "rw")
            action = call.Require("mode");
        switch (action)
        {
            case "read":
                var text = await texts.ReadAsync(space.Id, path, cancellationToken) ?? throw new AbilityException("There is no such file.");
                return AbilityResult.Of(JsonValue.Create(TextFiles.Lines(text, FileAction.LineOf(call, "startLine"), FileAction.LineOf(call, "endLine"))));
            case "copy":
                await changes.CopyAsync(space, path, SpacePath.Parse(call.Require(Destination), Destination), answered: null, cancellationToken);
                break;
            case "move":
                await changes.MoveAsync(space, path, SpacePath.Parse(call.Require(Destination), Destination), answered: null, cancellationToken);
                break;
            case "delete":
                await changes.DeleteAsync(space, path, isRecursive: false, answered: null, cancellationToken);
                break;
            default:
                await WriteAsync(space, path, call, cancellationToken);
                break;
        }

        return AbilityResult.Of(new JsonObject { ["path"] = path });
    }

    private async Task WriteAsync(ResourceRow space, string path, AbilityCall call, CancellationToken cancellationToken)
    {
        var (from, to) = (FileAction.LineOf(call, "startLine"), FileAction.LineOf(call, "endLine"));
        var before = from is null && to is null ? "" : await texts.ReadAsync(space.Id, path, cancellationToken) ?? "";
        await texts.WriteAsync(contents, space, path, name: null, TextFiles.ReplaceLines(before, from, to, call.TextOf("content") ?? ""), cancellationToken);
    }

    private async Task<JsonNode> ListAsync(ResourceRow space, AbilityCall call, CancellationToken cancellationToken)
    {
        var folder = call.TextOf(PathName)?.Trim('/') is { Length: > 0 } given ? SpacePath.Parse(given, PathName) : "";
        var isRecursive = call.TextOf("recursive") == "true";
        var range = folder.Length == 0 ? PathRange.All : PathRange.Below(folder);
        var files = await store.QueryAsync(db => db.ListContentsAsync(space.Id, range, MaxListed), cancellationToken);
        var start = folder.Length == 0 ? 0 : folder.Length + 1;
        var names = files.Select(file => file.Path[start..])
            .Select(path => isRecursive || !path.Contains('/', StringComparison.Ordinal) ? path : path[..(path.IndexOf('/', StringComparison.Ordinal) + 1)])
            .Distinct();
        return new JsonArray([.. names.Select(name => JsonValue.Create(name))]);
    }
}
