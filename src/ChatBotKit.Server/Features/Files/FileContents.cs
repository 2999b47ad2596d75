using System.Text.Json.Nodes;
using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Uploads;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Files;

/// <summary>Stores the contents of files, and their media types in the documents of the files.</summary>
internal sealed class FileContents(
    IStore store, UploadReceiver receiver, UploadOptions options, ResourceStore resources, TimeProvider time)
    : ContentStore(store, receiver, options, time)
{
    /// <summary>The member of the metadata with the media type.</summary>
    public const string ContentTypeField = "contentType";

    /// <summary>Finds the content of a file; null when nothing was uploaded to it yet.</summary>
    public ValueTask<ContentRow?> FindAsync(string fileId, CancellationToken cancellationToken) =>
        FindAsync(fileId, ContentRow.OfFile, cancellationToken);

    public override ApiException NotFound() => ApiException.NotFound("File");

    protected override async ValueTask<bool> DescribeAsync(ISqlTransaction db, ContentRow row, long now)
    {
        await db.LogAsync(EventEntry.About(row.AccountId, EventTypes.FileUpload, now, [new EventLink(EventFields.File, row.ResourceId)]));
        return await resources.EditAsync(
            db, row.ResourceId, now,
            document =>
            {
                if (document[ResourceFields.Meta] is not JsonObject meta)
                    document[ResourceFields.Meta] = meta = [];
                meta[ContentTypeField] = row.ContentType;
            });
    }
}
