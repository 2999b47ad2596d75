namespace ChatBotKit;

/// <summary>
/// Channels carry messages between whoever knows their id and uses the same credential: results of functions to a run,
/// and the events of a dispatched run to its readers. A channel need not be made.
/// </summary>
public class ChannelClient : ChatBotKitClient
{
    /// <summary>Makes a client of its own.</summary>
    /// <param name="options">Where the API is, who calls it and how patient the calls are.</param>
    public ChannelClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>Makes a client that uses the options and connections of another one.</summary>
    /// <param name="parent">The other client.</param>
    public ChannelClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>Makes a client without options, for fakes that override what they need.</summary>
    protected ChannelClient()
    {
    }

    /// <summary>Publishes a message. A plain channel keeps none, so only those who listen at this moment receive it.</summary>
    /// <param name="channelId">The id of the channel, at least 16 characters.</param>
    /// <param name="request">The message.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The id of the channel.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the id of the channel is shorter than 16 characters, or the message is no
    /// object. <see cref="ErrorCodes.PermissionMissing"/>: the session was made without the permission
    /// <c>channels:publish</c>.
    /// </exception>
    public virtual Task<IdResponse> PublishAsync(
        string channelId, ChannelPublishRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<IdResponse>(Route.OfChannel("publish", channelId), request, cancellationToken);
    }

    /// <summary>
    /// Listens to a channel. The stream has no end of its own: leave the loop when the awaited message has come, for a
    /// dispatched run when <see cref="ChannelMessageEvent.TryReadRunEvent"/> gives its result or error.
    /// </summary>
    /// <param name="channelId">The id of the channel, at least 16 characters.</param>
    /// <param name="request">How many earlier messages come first; null for none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The messages as they are published.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the id of the channel is shorter than 16 characters, or the length of the
    /// history is out of its range. <see cref="ClientErrorCodes.ConnectionLost"/>: the connection broke and the stream could
    /// not go on.
    /// </exception>
    public virtual IAsyncEnumerable<ChannelMessageEvent> SubscribeAsync(
        string channelId, ChannelSubscribeRequest? request = null, CancellationToken cancellationToken = default) =>
        Call<ChannelMessageEvent, ChannelMessageEvent>(
            Route.OfChannel("subscribe", channelId),
            Body(request ?? new ChannelSubscribeRequest(), cancellationToken) with { StreamIdleTimeout = Timeout.InfiniteTimeSpan });
}
