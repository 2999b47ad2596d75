using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace ChatBotKit;

/// <summary>
/// An <see cref="IChatClient"/> for the ChatBotKit API. Without a conversation, every call sends all messages to a bot or a
/// model. In a stored conversation, only the messages after the last one of the assistant are sent. Failed calls throw
/// <see cref="ChatBotKitException"/>.
/// </summary>
/// <remarks>
/// <para>
/// <see cref="ChatOptions.Instructions"/>, system messages at the beginning and <see cref="ChatOptions.ResponseFormat"/> are
/// the backstory of a call to a model; a bot or a stored conversation keeps its own and gets them on top. Sessions of end
/// users may not add to a backstory, so the server ignores all of these in calls with a session token.
/// </para>
/// <para>
/// <see cref="ChatOptions.Temperature"/>, <see cref="ChatOptions.MaxOutputTokens"/>, <see cref="ChatOptions.Seed"/>, the two
/// penalties and <see cref="ReasoningOptions.Effort"/> are sent as settings of <see cref="ChatOptions.ModelId"/>; they are
/// ignored where no model is named and in stored conversations. Always ignored are <see cref="ChatOptions.TopP"/>,
/// <see cref="ChatOptions.TopK"/>, <see cref="ChatOptions.AllowMultipleToolCalls"/> and
/// <see cref="ChatOptions.AdditionalProperties"/>. What would change the meaning of a call when it were ignored throws
/// <see cref="NotSupportedException"/>: stop sequences, a required function without a named model, tools that are no functions,
/// and continuation tokens.
/// </para>
/// <para>
/// <see cref="ChatOptions.RawRepresentationFactory"/> may give a <see cref="ConversationCompleteRequest"/>, or in a stored
/// conversation a <see cref="ConversationCompleteMessageRequest"/>, with further fields.
/// </para>
/// </remarks>
public sealed class ChatBotKitChatClient : IChatClient
{
    private readonly ChatBotKitApi _api;
    private readonly ChatBotKitChatClientOptions _options;
    private readonly ChatClientMetadata _metadata;

    /// <summary>Initializes a new instance of the <see cref="ChatBotKitChatClient"/> class.</summary>
    /// <param name="api">The API. It is not disposed.</param>
    /// <param name="options">The bot, model or conversation that answers; null leaves it to the options of each call.</param>
    public ChatBotKitChatClient(ChatBotKitApi api, ChatBotKitChatClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(api);
        _api = api;
        _options = options ?? new ChatBotKitChatClientOptions();
        _metadata = new ChatClientMetadata("chatbotkit", api.Url, _options.ModelId);
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">A message or an option has content that the API does not support.</exception>
    /// <exception cref="ArgumentException">A message has a function result whose call is in no message.</exception>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a value is not valid, such as the model or the schema of a function.
    /// <see cref="ErrorCodes.NotFound"/>: the bot or the conversation does not exist. Runs can also fail with the codes of
    /// <see cref="ConversationClient.CompleteAsync(ConversationCompleteRequest, CancellationToken)"/>.
    /// </exception>
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">A message or an option has content that the API does not support.</exception>
    /// <exception cref="ArgumentException">A message has a function result whose call is in no message.</exception>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: a value is not valid, such as the model or the schema of a function.
    /// <see cref="ErrorCodes.NotFound"/>: the bot or the conversation does not exist. Runs can also fail with the codes of
    /// <see cref="ConversationClient.CompleteAsync(ConversationCompleteRequest, CancellationToken)"/>.
    /// </exception>
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

    /// <summary>Does nothing, because the client does not own the API.</summary>
    public void Dispose()
    {
    }

    private async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        IReadOnlyList<ChatMessage> messages, ChatOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var functions = new CallFunctions(options, _options);
        var call = new ChatCall(_api, _options, this, messages, options, functions);
        OptionSupport.Check(options, isStored: call.ConversationId is not null);
        using var channels = new ChannelAnswers(_api.Channel, functions, _options.FunctionServices, cancellationToken);
        await call.StartAsync(cancellationToken).ConfigureAwait(false);
        var updates = new RunUpdates(call.ConversationId, call.ModelId, functions, options?.Reasoning?.Output != ReasoningOutput.None);
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
