using System.Runtime.CompilerServices;

namespace ChatBotKit;

/// <summary>Picks the text of the answer from the events of a run.</summary>
internal static class RunText
{
    public static async IAsyncEnumerable<string> ReadAsync(
        IAsyncEnumerable<RunEvent> events, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var hasText = false;
        await foreach (var happened in events.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            switch (happened)
            {
                case TokenEvent token:
                    hasText = true;
                    yield return token.Token;
                    break;
                case MessageEvent { Data: { } data } when data.Type == MessageType.Bot:
                    // Some texts are not the model's and come without tokens.
                    if (!hasText && data.Text.Length > 0)
                        yield return data.Text;
                    hasText = false;
                    break;
            }
        }
    }
}
