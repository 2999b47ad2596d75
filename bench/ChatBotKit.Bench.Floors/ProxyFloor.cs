namespace ChatBotKit.Bench.Floors;

/// <summary>
/// The floor of a streamed answer as JSON Lines: it forwards the request and writes one line for each token. It stores and checks
/// nothing.
/// </summary>
internal sealed class ProxyFloor(Uri model)
{
    private readonly ProxiedModel _model = new(model);

    public void Map(IEndpointRouteBuilder app) => app.MapPost("/stream", StreamAsync);

    private async Task StreamAsync(HttpContext context) =>
        await _model.StreamAsync(await RequestBody.ReadAsync(context), context, said: null);
}
