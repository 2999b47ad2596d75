using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Uploads;

/// <summary>The maximum size of a file that is being received.</summary>
/// <param name="MaxBytes">The number of bytes.</param>
/// <param name="Exceeded">Creates the error for a larger file.</param>
internal sealed record UploadLimit(long MaxBytes, Func<ApiException> Exceeded)
{
    /// <summary>Creates a limit of the server.</summary>
    public static UploadLimit Of(long maxBytes) => new(maxBytes, () => ReceivedFiles.TooLarge(maxBytes));

    /// <summary>Checks the number of bytes that were received so far.</summary>
    /// <exception cref="ApiException">413 or 429: the file is too large.</exception>
    public void Check(long received)
    {
        if (received > MaxBytes)
            throw Exceeded();
    }

    /// <param name="options">The server's limits.</param>
    /// <param name="budget">The limit of the caller; null for none.</param>
    /// <param name="atLeast">The minimum number of bytes that will be received; null when unknown.</param>
    /// <exception cref="ApiException">413 or 429: the file is already known to be too large.</exception>
    public static UploadLimit For(UploadOptions options, IByteBudget? budget, long? atLeast)
    {
        var announced = Math.Max(atLeast ?? 0, 0);
        if (announced > options.MaxBytes)
            throw ReceivedFiles.TooLarge(options.MaxBytes);
        return budget?.RoomFor(announced) is { } room && room < options.MaxBytes
            ? new UploadLimit(room, budget.NoRoom)
            : Of(options.MaxBytes);
    }
}
