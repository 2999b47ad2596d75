namespace ChatBotKit.Faults.Kill.Writers;

/// <summary>Dispatches runs to a channel, two at a time so that one waits for its turn, and subscribes to the channel.</summary>
internal sealed class DispatchWriter(Ledger ledger, ApiConnection api, ConversationSlot slot) : Writer(ledger, api, slot)
{
    private ChannelRecord? _channel;
    private EventStream? _subscription;

    protected override async Task WriteAsync()
    {
        var conversation = await ConversationAsync();
        _channel ??= OpenChannel(conversation);
        _subscription ??= await Api.OpenAsync(ApiCall.Of($"v1/channel/{_channel.Id}/subscribe", new { }, OwnerSecret));
        await DispatchAsync(conversation, isKeyed: false);
        await DispatchAsync(conversation, isKeyed: true);
        for (var ended = 0; ended < 2;)
        {
            var line = await _subscription.ReadAsync() ?? throw new IOException("The subscription has ended.");
            _channel.Received.Add(line);
            Ledger.CountEvent();
            if (ChannelLine.Of(line).Type == "result")
                ended++;
        }
    }

    private ChannelRecord OpenChannel(ConversationRecord conversation)
    {
        var channel = new ChannelRecord("channel-" + Guid.NewGuid().ToString("N"), conversation, Ledger.Life);
        Ledger.Channels.Enqueue(channel);
        return channel;
    }

    private async Task DispatchAsync(ConversationRecord conversation, bool isKeyed)
    {
        var (channel, text) = (_channel!, Ledger.NewText("dispatch"));
        conversation.Attempt(text);
        var body = new { text, channelId = channel.Id };
        await PostAsync($"v1/conversation/{conversation.Id}/dispatch", body, "channelId", isKeyed, _ =>
        {
            conversation.Acknowledged.Enqueue(text);
            channel.Dispatched.Enqueue(text);
            Ledger.Acknowledge("dispatch");
        });
    }
}

/// <summary>Extracts the event of a run from a message of a channel.</summary>
internal static class ChannelLine
{
    /// <summary>Returns the event with the number of the message.</summary>
    public static EventLine Of(EventLine message) => new(
        message.Raw,
        message.Number,
        message.Data.TryGetProperty("type", out var type) ? type.GetString()! : "",
        message.Data.TryGetProperty("data", out var data) ? data : default);
}
