using System.Text.Json.Nodes;
using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Resources;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;
using ChatBotKit.Server.Features.Spaces.Storage;
using ChatBotKit.Server.Features.Uploads;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Spaces;

/// <summary>
/// <c>space.storage.import</c>: a file from the web becomes a file of the space; <c>space.storage.link</c>: an address at which a file can be
/// read for some minutes.
/// </summary>
internal sealed class StorageFilesAction(
    IStore store, ActionResources resources, StorageContents contents, UploadReceiver receiver, UploadOptions options, StorageUrls urls, ProxyOptions proxies)
    : IAbilityAction
{
    private const string Import = "space.storage.import";
    private const string PathName = "path";

    public IReadOnlyList<string> Names { get; } = [Import, "space.storage.link"];

    public IReadOnlyList<AbilityField> FieldsOf(string action)
    {
        var path = ActionFields.Required(PathName, "The path of the file.");
        return action == Import ? [ActionFields.Required("url", "The address of the file."), path] : [path];
    }

    public async Task<AbilityResult> ExecuteAsync(AbilityCall call, CancellationToken cancellationToken)
    {
        var space = await SpaceOfCall.FindAsync(resources, call, cancellationToken);
        var path = SpacePath.Parse(call.Require(PathName), PathName);
        if (call.Action != Import)
            return AbilityResult.Of(await LinkAsync(call, space, path, cancellationToken));
        var room = await store.QueryAsync(
            async db =>
            {
                if (await StorageContents.FindRefusalAsync(db, space.Id, path) is { } refusal)
                    throw refusal;
                return await StorageRoom.FindAsync(db, space.AccountId, await db.FindContentAsync(space.Id, path), options);
            },
            cancellationToken);
        await using var upload = await receiver.FetchAsync(call.Require("url"), room, cancellationToken);
        await contents.AddAsync(contents.New(space, path, name: null, upload.ContentType, upload.Size), upload.File, answered: null, cancellationToken);
        return AbilityResult.Of(new JsonObject { [PathName] = path, ["size"] = upload.Size });
    }

    private async Task<JsonNode> LinkAsync(AbilityCall call, ResourceRow space, string path, CancellationToken cancellationToken)
    {
        if (proxies.PublicUrl is not { } server)
            throw new AbilityException("This server does not know its own address. Its operator can set CHATBOTKIT_PUBLIC_URL.");
        if (await contents.FindAsync(space.Id, path, cancellationToken) is null)
            throw new AbilityException("There is no such file.");
        return new JsonObject
        {
            ["url"] = urls.ToDownload(server.AbsoluteUri.TrimEnd('/'), call.Scope.SessionId, space.Id, path),
            ["expiresInSeconds"] = (int)SignedUrls.Lifetime.TotalSeconds,
        };
    }
}
