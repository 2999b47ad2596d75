using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.Features.Conversations.Attachments;

/// <summary>
/// Reads files for prompts: texts and pictures here, and documents such as PDF in a process of their own. These do not wait behind the
/// files of datasets, because somebody waits for the answer.
/// </summary>
internal sealed class AttachmentContents(AttachmentOptions options, TimeProvider time) : IDisposable
{
    /// <summary>At least the longest block of a text, so that it has a beginning.</summary>
    private const int LeastOutput = 64 * 1024;

    private readonly FileReader _documents = new(
        new ExtractionLimits
        {
            Time = options.DocumentTime,
            OutputBytes = MaxDocumentBytesOf(options),
            CutsText = true,
            AtOnce = 2,
        },
        time);

    /// <summary>The maximum number of bytes of the text of a document.</summary>
    public int MaxDocumentBytes { get; } = MaxDocumentBytesOf(options);

    /// <param name="open">Opens the bytes. It may be called twice.</param>
    /// <param name="known">The known properties of the file.</param>
    /// <param name="cancellationToken">The token that cancels the reading.</param>
    public async Task<AttachmentContent> ReadAsync(
        Func<CancellationToken, Task<Stream>> open, AttachmentContent known, CancellationToken cancellationToken)
    {
        await using (var file = await open(cancellationToken))
        {
            var content = await FileReading.ReadAsync(file, known, options.PromptTextBytes, cancellationToken);
            if (content.Text is not null || content.Picture is not null)
                return content;
        }

        await using var document = await open(cancellationToken);
        var text = await _documents.ReadAsync(document, known.Type, known.Name, cancellationToken);
        return text.Refusal is { } refusal
            ? known with { Refusal = refusal.Message, IsDocument = refusal.Code != FileRefusalCodes.Busy }
            : known with { IsDocument = true, Text = text.Join().ReplaceLineEndings("\n"), IsCut = text.IsCut };
    }

    public void Dispose() => _documents.Dispose();

    private static int MaxDocumentBytesOf(AttachmentOptions options) => Math.Max(LeastOutput, options.PromptTextBytes);
}
