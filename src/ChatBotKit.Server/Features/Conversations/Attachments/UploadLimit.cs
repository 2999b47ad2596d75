using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Attachments;

/// <summary>How large a file may be that is being received.</summary>
/// <param name="MaxBytes">The number of bytes.</param>
/// <param name="Exceeded">What its sender is told otherwise.</param>
internal sealed record UploadLimit(long MaxBytes, Func<ApiException> Exceeded)
{
    /// <summary>A limit of which nobody but the server knows.</summary>
    public static UploadLimit Of(long maxBytes) => new(maxBytes, () => AttachmentFiles.TooLarge(maxBytes));

    /// <param name="options">The server's own bounds.</param>
    /// <param name="budget">The session's limits; null for none.</param>
    /// <param name="atLeast">How many bytes are to come at least; null when nothing is known.</param>
    /// <exception cref="ApiException">413 or 429: it is clear beforehand that the file is too large.</exception>
    public static UploadLimit For(AttachmentOptions options, SessionBudget? budget, long? atLeast)
    {
        var announced = Math.Max(atLeast ?? 0, 0);
        if (announced > options.MaxBytes)
            throw AttachmentFiles.TooLarge(options.MaxBytes);
        return budget?.RoomFor(announced) is { } room && room < options.MaxBytes
            ? new UploadLimit(room, budget.NoRoom)
            : Of(options.MaxBytes);
    }
}
