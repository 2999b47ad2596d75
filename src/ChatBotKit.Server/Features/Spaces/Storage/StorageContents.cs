using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Uploads;

namespace ChatBotKit.Server.Features.Spaces.Storage;

/// <summary>
/// Stores the files of spaces. Folders are not stored: a folder exists as long as there is a file below it, so a path is either that of a
/// file or that of a folder.
/// </summary>
internal sealed class StorageContents(IStore store, UploadReceiver receiver, UploadOptions options, TimeProvider time)
    : ContentStore(store, receiver, options, time)
{
    /// <summary>Returns why there can't be a file at the path; null when there can.</summary>
    public static async ValueTask<ApiException?> FindRefusalAsync(ISqlSession db, string spaceId, string path)
    {
        if (await db.HasContentsAsync(spaceId, PathRange.Below(path)))
            return ApiException.BadRequest($"\"{path}\" is a folder");
        return await db.HasContentAtAsync(spaceId, SpacePath.FoldersOf(path))
            ? ApiException.BadRequest($"\"{path}\" is below a file")
            : null;
    }

    public override ApiException NotFound() => ApiException.NotFound("File");

    protected override ValueTask<ApiException?> FindRefusalAsync(ISqlSession db, ContentRow row) =>
        FindRefusalAsync(db, row.ResourceId, row.Path);
}
