using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Files;
using ChatBotKit.Server.Features.Uploads;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Images;

/// <summary>Stores what abilities generate as files of the account, with the limits of uploads.</summary>
internal sealed class GeneratedFiles(
    IStore store, ResourceKinds kinds, ResourceStore resources, ResourceEdit edit, FileContents contents, ReceivedFiles received, RemoteFiles remote,
    UploadOptions options, TimeProvider time)
{
    private const int MaxName = 60;

    /// <summary>Stores a file. A repeated call replaces the content that the first one stored.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="idempotencyKey">The key of the call, from which the id of the file follows.</param>
    /// <param name="description">The description of the file, whose beginning is the name.</param>
    /// <param name="address">A data URL, or the address from which the file is fetched.</param>
    /// <param name="cancellationToken">The token that cancels the call.</param>
    /// <returns>The id, name, type and size.</returns>
    /// <exception cref="ApiException">The file can't be fetched or is too large, or the account has no room for it.</exception>
    public async Task<JsonObject> StoreAsync(
        string accountId, string idempotencyKey, string description, string address, CancellationToken cancellationToken)
    {
        var (id, name) = (DerivedId.Of("file-of-ability", idempotencyKey), FaultText.Clip(description.ReplaceLineEndings(" "), MaxName));
        var room = await store.QueryAsync(db => StorageRoom.FindAsync(db, accountId, replaced: null, options), cancellationToken);
        var (file, type) = await ReceiveAsync(address, UploadLimit.For(options, room, atLeast: null), cancellationToken);
        await using var receiving = file;
        var row = await CreateAsync(id, accountId, name, description, cancellationToken);
        var content = contents.New(row, ContentRow.OfFile, name, FileNames.TypeOf(type, name), file.Size);
        await contents.AddAsync(content, file, answered: null, cancellationToken);
        return new JsonObject { ["fileId"] = id, ["name"] = name, ["type"] = content.ContentType, ["size"] = file.Size };
    }

    private async Task<(ReceivedFile File, string? Type)> ReceiveAsync(string address, UploadLimit limit, CancellationToken cancellationToken)
    {
        if (DataUrl.Is(address))
        {
            var data = DataUrl.Parse(address);
            using var bytes = new MemoryStream(data.Bytes);
            return (await received.ReceiveAsync(bytes, limit, cancellationToken), data.ContentType);
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw ApiException.BadRequest("its address can't be used");
        var fetched = await remote.FetchAsync(url, limit, cancellationToken);
        return (fetched.File, fetched.ContentType);
    }

    private async Task<ResourceRow> CreateAsync(string id, string accountId, string name, string description, CancellationToken cancellationToken)
    {
        var kind = kinds.Find(FileKind.Name)!;
        var faults = new Faults();
        var fields = new JsonObject { ["name"] = name, ["description"] = description };
        var content = edit.Create(kind, id, parentId: null, fields, faults);
        faults.ThrowIfAny();
        var row = ResourceWriter.RowOf(kind, id, accountId, parentId: null, content, time.GetUtcNow().ToUnixTimeMilliseconds());
        try
        {
            await resources.InsertAsync(row, content.Links, answered: null, cancellationToken);
        }
        catch (DuplicateKeyException)
        {
            // The call is repeated, and its file exists.
        }

        return row;
    }
}
