using ChatBotKit.Server.ModelProviders;

namespace ChatBotKit.Server.Tests.ModelProviders;

/// <summary>All events of one call.</summary>
internal sealed record ModelAnswer(IReadOnlyList<ModelEvent> Events)
{
    public string Text => Joined(ModelEventKind.Text);

    public string Reasoning => Joined(ModelEventKind.Reasoning);

    public IReadOnlyList<ModelToolCall> ToolCalls => [.. Events.Where(e => e.ToolCall is not null).Select(e => e.ToolCall!)];

    public ModelUsage? Usage => Events.SingleOrDefault(e => e.Kind == ModelEventKind.Usage).Usage;

    /// <summary>The reason of the end. Fails when the end is missing, occurs twice or is not the last event.</summary>
    public ModelEndReason EndReason
    {
        get
        {
            var end = Assert.Single(Events, e => e.Kind == ModelEventKind.End);
            Assert.Equal(ModelEventKind.End, Events[^1].Kind);
            return end.EndReason;
        }
    }

    public static async Task<ModelAnswer> ReadAsync(IModelProvider provider, ModelRequest request)
    {
        var events = new List<ModelEvent>();
        await foreach (var modelEvent in provider.StreamAsync(request, TestContext.Current.CancellationToken))
            events.Add(modelEvent);
        return new ModelAnswer(events);
    }

    private string Joined(ModelEventKind kind) => string.Concat(Events.Where(e => e.Kind == kind).Select(e => e.Text));
}
