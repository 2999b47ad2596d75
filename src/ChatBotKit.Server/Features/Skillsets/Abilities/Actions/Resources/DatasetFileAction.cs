using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Features.Datasets;
using ChatBotKit.Server.Features.Datasets.Files;
using ChatBotKit.Server.Features.Files;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;
using ChatBotKit.Server.Features.Uploads;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Resources;

/// <summary><c>dataset.file.create</c>: fetches a file from the web, stores it, and imports it into a dataset.</summary>
internal sealed class DatasetFileAction(
    IStore store, ActionResources resources, UploadReceiver receiver, FileContents contents, UploadOptions options, TimeProvider time) : IAbilityAction
{
    public IReadOnlyList<string> Names { get; } = ["dataset.file.create"];

    public IReadOnlyList<AbilityField> FieldsOf(string action) =>
    [
        ActionFields.Required("datasetId", "The dataset."), ActionFields.Required("url", "The address of the file."),
        ActionFields.Optional("name", "The name of the file."),
    ];

    public async Task<AbilityResult> ExecuteAsync(AbilityCall call, CancellationToken cancellationToken)
    {
        var account = call.Scope.AccountId;
        var dataset = await resources.GetAsync(DatasetKind.Name, call.Require("datasetId"), account, cancellationToken);
        var room = await store.QueryAsync(db => StorageRoom.FindAsync(db, account, replaced: null, options), cancellationToken);
        await using var upload = await receiver.FetchAsync(call.Require("url"), room, cancellationToken);
        var name = call.TextOf("name") ?? upload.Name ?? "File";
        var fileId = await resources.CreateAsync(FileKind.Name, account, new JsonObject { ["name"] = name }, cancellationToken);
        var file = await resources.GetAsync(FileKind.Name, fileId, account, cancellationToken);
        try
        {
            await contents.AddAsync(contents.New(file, ContentRow.OfFile, name, upload.ContentType, upload.Size), upload.File, answered: null, cancellationToken);
            await ImportAsync(dataset.Id, fileId, cancellationToken);
        }
        catch (MissingParentException)
        {
            throw new AbilityException("The dataset was deleted meanwhile.");
        }

        return AbilityResult.Of(new JsonObject { ["id"] = fileId });
    }

    private Task<bool> ImportAsync(string datasetId, string fileId, CancellationToken cancellationToken) => store.ChangeAsync(
        async db =>
        {
            var now = time.GetUtcNow();
            await db.AttachFileAsync(new DatasetFileRow
            {
                DatasetId = datasetId,
                FileId = fileId,
                Type = DatasetFileType.Source.Value,
                CreatedAt = now.ToUnixTimeMilliseconds(),
                State = DatasetFileState.Attached.Value,
            });
            return await FileImports.StartAsync(db, fileId, datasetId, now);
        },
        cancellationToken);
}
