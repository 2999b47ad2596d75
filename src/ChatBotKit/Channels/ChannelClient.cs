namespace ChatBotKit;

/// <summary>
/// Publishes messages on channels and subscribes to them. A channel carries messages between programs that know its id and
/// use the same credential, such as function results for a run, or the events of a dispatched run. A channel exists as soon
/// as it is used.
/// </summary>
public class ChannelClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="ChannelClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public ChannelClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ChannelClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public ChannelClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ChannelClient"/> class without options, for test doubles that override
    /// operations.
    /// </summary>
    protected ChannelClient()
    {
    }

    /// <summary>Publishes a message. A plain channel keeps no history, so only current subscribers receive the message.</summary>
    /// <param name="channelId">The id of the channel, at least 16 characters.</param>
    /// <param name="request">The message.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The id of the channel.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the id of the channel is shorter than 16 characters, or the message is not a
    /// JSON object. <see cref="ErrorCodes.PermissionMissing"/>: the session does not have the permission
    /// <c>channels:publish</c>.
    /// </exception>
    public virtual Task<IdResponse> PublishAsync(
        string channelId, ChannelPublishRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IdResponse>(Route.OfChannel("publish", channelId), request, cancellationToken);
    }

    /// <summary>
    /// Subscribes to a channel. The stream does not end on its own: leave the loop when the expected message has arrived.
    /// For a dispatched run, that is when <see cref="ChannelMessageEvent.TryReadRunEvent"/> returns its result or its
    /// error.
    /// </summary>
    /// <param name="channelId">The id of the channel, at least 16 characters.</param>
    /// <param name="request">The number of earlier messages to return first; null for none.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns the messages as they are published when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the id of the channel is shorter than 16 characters, or the length of the
    /// history is out of range. <see cref="ClientErrorCodes.ConnectionLost"/>: the connection broke, and the stream could
    /// not be resumed.
    /// </exception>
    public virtual IAsyncEnumerable<ChannelMessageEvent> SubscribeAsync(
        string channelId, ChannelSubscribeRequest? request = null, CancellationToken cancellationToken = default) =>
        Call<ChannelMessageEvent, ChannelMessageEvent>(
            Route.OfChannel("subscribe", channelId),
            Body(request ?? new ChannelSubscribeRequest(), cancellationToken) with { StreamIdleTimeout = Timeout.InfiniteTimeSpan });
}
