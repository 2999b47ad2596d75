namespace ChatBotKit.Extensions.Tests;

/// <summary>Records the cancellation tokens of requests, with which outer handlers could cancel them.</summary>
internal sealed class WatchingHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<CancellationToken> Tokens { get; } = [];

    public Task Arrived => _arrived.Task;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Tokens.Add(cancellationToken);
        _arrived.TrySetResult();
        return base.SendAsync(request, cancellationToken);
    }
}
