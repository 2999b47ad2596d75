using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ChatBotKit.Server.ModelProviders.Answers;
using Microsoft.Extensions.AI;

namespace ChatBotKit.Server.ModelProviders.ChatClients;

/// <summary>
/// Serves models through any <see cref="IChatClient"/>. Tools are only declared to the client; only the run loop calls them.
/// </summary>
internal sealed class ChatClientProvider(
    string name, IChatClient client, IReadOnlyList<ModelDescription> models, TimeProvider timeProvider) : IModelProvider
{
    private static readonly TimeSpan SilenceTimeout = TimeSpan.FromSeconds(120);

    private readonly ChatClientFailures _failures = new(name);
    private readonly ConcurrentDictionary<string, bool> _withoutPictures =
        new(models.Where(model => !model.TakesPictures).Select(model => KeyValuePair.Create(model.Id, true)), StringComparer.Ordinal);

    public string Name { get; } = name;

    public IReadOnlyList<ModelDescription> Models { get; } = models;

    public async IAsyncEnumerable<ModelEvent> StreamAsync(
        ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A third-party client may block before it returns; the request that starts the run must not wait for that.
        await Task.Yield();
        using var limit = new SilenceLimit(SilenceTimeout, timeProvider, cancellationToken);
        var names = ToolNames.Of(request);
        var (updates, moved) = await BeginAsync(request, names, limit, cancellationToken);
        try
        {
            var ending = new ChatClientAnswer();
            for (; moved; moved = await MoveNextAsync(updates, limit, cancellationToken))
            {
                ending.Add(updates.Current);
                foreach (var content in updates.Current.Contents)
                {
                    if (ToEvent(content, ending) is { Text.Length: > 0 } modelEvent)
                        yield return modelEvent;
                }
            }

            foreach (var last in ending.Rest())
                yield return names.Restore(last);
            if (ending.Usage is { } usage)
                yield return ModelEvent.OfUsage(usage.InputTokenCount ?? 0, usage.OutputTokenCount ?? 0);
            yield return ModelEvent.OfEnd(ending.Reason);
        }
        finally
        {
            await updates.DisposeAsync();
        }
    }

    /// <summary>
    /// Reads the first update. If the model refuses pictures before it has answered anything, it is asked again without them.
    /// </summary>
    private async Task<(IAsyncEnumerator<ChatResponseUpdate> Updates, bool HasMoved)> BeginAsync(
        ModelRequest request, ToolNames names, SilenceLimit limit, CancellationToken cancellationToken)
    {
        var withPictures = ShowsPictures(request) && request.Messages.Any(message => message.Pictures.Count > 0);
        try
        {
            return await MoveFirstAsync(Start(request, names, withPictures, limit.Token), limit, cancellationToken);
        }
        catch (ModelProviderException e) when (withPictures && IsAboutPictures(e))
        {
            if (!PictureRefusals.IsAboutOnePicture(e.Message))
                _withoutPictures.TryAdd(request.Model.Name, true);
            return await MoveFirstAsync(Start(request, names, withPictures: false, limit.Token), limit, cancellationToken);
        }
    }

    private async Task<(IAsyncEnumerator<ChatResponseUpdate> Updates, bool HasMoved)> MoveFirstAsync(
        IAsyncEnumerator<ChatResponseUpdate> updates, SilenceLimit limit, CancellationToken cancellationToken)
    {
        try
        {
            return (updates, await MoveNextAsync(updates, limit, cancellationToken));
        }
        catch
        {
            await updates.DisposeAsync();
            throw;
        }
    }

    private static bool IsAboutPictures(ModelProviderException failure) =>
        failure.Failure is ModelFailure.Rejected or ModelFailure.Unavailable && PictureRefusals.IsAboutPictures(failure.Message);

    private bool ShowsPictures(ModelRequest request) => !_withoutPictures.ContainsKey(request.Model.Name);

    private IAsyncEnumerator<ChatResponseUpdate> Start(
        ModelRequest request, ToolNames names, bool withPictures, CancellationToken cancellationToken)
    {
        var messages = ChatClientRequest.Messages(request, names, withPictures);
        var options = ChatClientRequest.Options(request, names);
        try
        {
            return client.GetStreamingResponseAsync(messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        }
        // A client may validate its input and throw before it returns the stream.
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw _failures.Translate(e);
        }
    }

    private ModelEvent? ToEvent(AIContent content, ChatClientAnswer answer) => content switch
    {
        TextReasoningContent reasoning => ModelEvent.OfReasoning(answer.Think(reasoning)),
        TextContent text => ModelEvent.OfText(answer.Say(text.Text)),
        ErrorContent error => throw _failures.Reported(error),
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
        // Any exception of a third-party client is a failure of that provider.
        catch (Exception e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw _failures.Translate(e);
        }
    }

}
