using ChatBotKit.Server.Data;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Files;

internal static class FileKind
{
    public const string Name = "file";

    public static ResourceKind Create() => new ResourceKind<FileItem, FileCreateRequest, FileUpdateRequest>(Name, "/file")
    {
        OnRemoval = static (db, deletion, now) => db.RemoveContentsAsync(deletion.Id, deletion.AccountId, now),
    };
}
