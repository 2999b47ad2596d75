using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace ChatBotKit;

/// <summary>
/// The API as an <see cref="IChatClient"/>. Without a conversation every call sends all messages to a bot or a model. In a
/// stored conversation only what is new is sent, that is what comes behind the last message of the assistant. Failed calls
/// throw <see cref="ChatBotKitException"/>.
/// </summary>
/// <remarks>
/// <see cref="ChatOptions.Instructions"/> and system messages at the beginning are the backstory, or added to that of the
/// bot or the conversation. <see cref="ChatOptions.RawRepresentationFactory"/> may give a
/// <see cref="ConversationCompleteRequest"/> or <see cref="ConversationCompleteMessageRequest"/> with further fields.
/// </remarks>
public sealed class ChatBotKitChatClient : IChatClient
{
    private readonly ChatBotKitApi _api;
    private readonly ChatBotKitChatClientOptions _options;
    private readonly ChatClientMetadata _metadata;

    /// <summary>Makes a chat client.</summary>
    /// <param name="api">The API; it is not disposed.</param>
    /// <param name="options">Who answers; null leaves it to the options of each call.</param>
    public ChatBotKitChatClient(ChatBotKitApi api, ChatBotKitChatClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(api);
        _api = api;
        _options = options ?? new ChatBotKitChatClientOptions();
        _metadata = new ChatClientMetadata("chatbotkit", api.Url, _options.ModelId);
    }

    /// <inheritdoc/>
    /// <exception cref="ChatBotKitException">The call or the run failed.</exception>
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ChatBotKitException">The call or the run failed.</exception>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return StreamAsync([.. messages], options, cancellationToken);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null)
            return null;
        if (serviceType == typeof(ChatClientMetadata))
            return _metadata;
        object[] offered = [this, _api, _api.Conversation];
        return Array.Find(offered, serviceType.IsInstanceOfType);
    }

    /// <summary>Does nothing: the API is not the client's own.</summary>
    public void Dispose()
    {
    }

    private async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        IReadOnlyList<ChatMessage> messages, ChatOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var functions = new CallFunctions(options, _options);
        var call = new ChatCall(_api, _options, this, messages, options, functions);
        using var channels = new ChannelAnswers(_api.Channel, functions, _options.FunctionServices, cancellationToken);
        await call.StartAsync(cancellationToken).ConfigureAwait(false);
        var updates = new RunUpdates(call.ConversationId, call.ModelId, functions);
        var events = call.Events.GetAsyncEnumerator(channels.Token);
        try
        {
            while (await channels.MoveNextAsync(events).ConfigureAwait(false))
            {
                if (events.Current is WaitForChannelMessageBeginEvent wait)
                    channels.Answer(wait.Data);
                foreach (var update in updates.Read(events.Current, call.RunId))
                    yield return update;
            }
        }
        finally
        {
            await events.DisposeAsync().ConfigureAwait(false);
            if (!updates.IsOver && !_options.ContinueWhenLeft)
                await call.AbortAsync().ConfigureAwait(false);
        }
        await channels.WhenPublishedAsync().ConfigureAwait(false);
    }
}
