using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace ChatBotKit.Server.Tests.ModelProviders;

/// <summary>A client that returns the same updates for every request, and records the requests.</summary>
internal sealed class ScriptedChatClient(params ChatResponseUpdate[] updates) : IChatClient
{
    public IReadOnlyList<ChatMessage> Messages { get; private set; } = [];

    public ChatOptions? Options { get; private set; }

    public Exception? Failure { get; init; }

    public Exception? Refusal { get; init; }

    public bool IsSilentAtTheEnd { get; init; }

    /// <summary>The task that the stream awaits after its first update.</summary>
    public Task? AfterTheFirst { get; init; }

    public bool HasEnded { get; private set; }

    /// <summary>The token with which the provider cancels the client.</summary>
    public CancellationToken Stopped { get; private set; }

    public Exception? PictureRefusal { get; init; }

    public int Refusals { get; private set; }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        (Messages, Options, Stopped) = ([.. messages], options, cancellationToken);
        if (PictureRefusal is not null && Messages.Any(message => message.Contents.OfType<DataContent>().Any()))
        {
            Refusals++;
            throw PictureRefusal;
        }

        return Refusal is null ? PlayAsync(cancellationToken) : throw Refusal;
    }

    private async IAsyncEnumerable<ChatResponseUpdate> PlayAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            foreach (var update in updates)
            {
                yield return update;
                if (AfterTheFirst is not null)
                    await AfterTheFirst;
            }

            if (IsSilentAtTheEnd)
                await Task.Delay(Timeout.Infinite, cancellationToken);
            if (Failure is not null)
                throw Failure;
        }
        finally
        {
            HasEnded = true;
        }
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Answers are streamed.");

    public object? GetService(Type serviceType, object? serviceKey) => null;

    public void Dispose()
    {
    }
}
