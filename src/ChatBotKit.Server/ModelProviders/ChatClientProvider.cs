using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ChatBotKit.Server.ModelProviders;

/// <summary>
/// Serves models through any <see cref="IChatClient"/>. The tools are only declared to it: the run loop alone calls
/// them.
/// </summary>
internal sealed class ChatClientProvider(
    string name, IChatClient client, IReadOnlyList<ModelDescription> models, TimeProvider timeProvider) : IModelProvider
{
    private static readonly TimeSpan SilenceTimeout = TimeSpan.FromSeconds(120);

    public string Name { get; } = name;

    public IReadOnlyList<ModelDescription> Models { get; } = models;

    public async IAsyncEnumerable<ModelEvent> StreamAsync(
        ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The client is not ours and may block before it answers; the request that starts the run does not wait for that.
        await Task.Yield();
        using var limit = new SilenceLimit(SilenceTimeout, timeProvider, cancellationToken);
        await using var updates = Start(request, limit.Token);
        var ending = new ChatClientAnswer();
        while (await MoveNextAsync(updates, limit, cancellationToken))
        {
            ending.Add(updates.Current);
            foreach (var content in updates.Current.Contents)
            {
                if (ToEvent(content, ending) is { Text.Length: > 0 } modelEvent)
                    yield return modelEvent;
            }
        }

        foreach (var last in ending.Rest())
            yield return last;
        if (ending.Usage is { } usage)
            yield return ModelEvent.OfUsage(usage.InputTokenCount ?? 0, usage.OutputTokenCount ?? 0);
        yield return ModelEvent.OfEnd(ending.Reason);
    }

    private IAsyncEnumerator<ChatResponseUpdate> Start(ModelRequest request, CancellationToken cancellationToken)
    {
        var messages = ChatClientRequest.Messages(request);
        var options = ChatClientRequest.Options(request);
        try
        {
            return client.GetStreamingResponseAsync(messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        }
        // A client may check its input before it returns the stream.
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw Translate(e);
        }
    }

    private ModelEvent? ToEvent(AIContent content, ChatClientAnswer answer) => content switch
    {
        TextReasoningContent reasoning => ModelEvent.OfReasoning(answer.Think(reasoning)),
        TextContent text => ModelEvent.OfText(answer.Say(text.Text)),
        ErrorContent { ErrorCode: { } code } error when int.TryParse(code, out var status) && status is >= 400 and < 600 =>
            throw OfStatus(status, new HttpRequestException(error.Message)),
        ErrorContent error => throw Failure(ModelFailure.Unavailable, $"failed: {error.Message}"),
        _ => null,
    };

    private async ValueTask<bool> MoveNextAsync(
        IAsyncEnumerator<ChatResponseUpdate> updates, SilenceLimit limit, CancellationToken cancellationToken)
    {
        try
        {
            var next = updates.MoveNextAsync();
            if (next.IsCompleted)
                return await next;
            limit.Start();
            var moved = await next;
            limit.Stop();
            return moved;
        }
        // Whatever a client of somebody else throws is a failure of that provider.
        catch (Exception e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Translate(e);
        }
    }

    private ModelProviderException Translate(Exception exception) => exception switch
    {
        ModelProviderException known => known,
        OperationCanceledException or TimeoutException => Failure(ModelFailure.Silent, "sent nothing for too long.", exception),
        HttpRequestException { StatusCode: { } status } => OfStatus((int)status, exception),
        IOException or JsonException => Failure(ModelFailure.Broken, "broke off before its answer was complete.", exception),
        _ => Failure(ModelFailure.Unavailable, $"failed: {exception.Message}", exception),
    };

    private ModelProviderException OfStatus(int status, Exception exception) => status switch
    {
        401 or 403 => Failure(ModelFailure.Unauthorized, "refused its credentials; check its configuration.", exception),
        429 => Failure(ModelFailure.RateLimited, "limits our requests; try again later or raise its limits.", exception),
        408 or >= 500 => Failure(ModelFailure.Unavailable, $"failed with status {status}; try again later.", exception),
        _ => Failure(ModelFailure.Rejected, $"did not accept the request: {exception.Message}", exception),
    };

    private ModelProviderException Failure(ModelFailure failure, string what, Exception? inner = null) =>
        new(Name, failure, $"The model provider {Name} {what}", inner: inner);
}
