using ChatBotKit.Server.ConversationEngine;

namespace ChatBotKit.Server.Features.Conversations.Attachments;

/// <summary>Reads the files of one request one after another, within a time for all of them together. The time to fetch them does not count.</summary>
internal sealed class ReadingTime(AttachmentContents files, TimeSpan limit, TimeProvider time)
{
    private const string TooSlow = "The files of the request could not all be read in time.";

    private TimeSpan _left = limit;

    public async Task<AttachmentContent> ReadAsync(
        Func<CancellationToken, Task<Stream>> open, AttachmentContent known, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        using var end = new CancellationTokenSource(_left > TimeSpan.Zero ? _left : TimeSpan.Zero, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellationToken);
        try
        {
            return await files.ReadAsync(open, known, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return known with { Refusal = TooSlow };
        }
        finally
        {
            _left -= time.GetElapsedTime(start);
        }
    }
}
