using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Uploads;

/// <summary>
/// The room that an account has for a content at a path. A content that is not larger than the one that it replaces always has room, also
/// after the limit was lowered.
/// </summary>
/// <param name="bytes">The number of bytes that the content may have.</param>
/// <param name="limit">The limit of the account.</param>
internal sealed class StorageRoom(long bytes, long limit) : IByteBudget
{
    /// <summary>Returns the room; null when there is no limit.</summary>
    /// <param name="db">The connection. In the transaction that stores the content, no other upload takes the room.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="replaced">The content that is replaced; null for none.</param>
    /// <param name="options">The limits.</param>
    public static async ValueTask<StorageRoom?> FindAsync(ISqlSession db, string accountId, ContentRow? replaced, UploadOptions options)
    {
        if (options.MaxStoredBytes == 0)
            return null;
        var left = options.MaxStoredBytes - await db.StoredBytesAsync(accountId);
        var given = replaced?.Size ?? 0;
        return new StorageRoom(Math.Max(left + given, given), options.MaxStoredBytes);
    }

    /// <summary>Returns the error for a content that needs more room; null when there is enough.</summary>
    public ApiException? RefusalOf(long size) => size > bytes ? NoRoom() : null;

    public long? RoomFor(long atLeast) => RefusalOf(atLeast) is { } refusal ? throw refusal : bytes;

    public ApiException NoRoom() => ApiException.LimitsReached($"The account may store files of {limit} bytes in all");
}
