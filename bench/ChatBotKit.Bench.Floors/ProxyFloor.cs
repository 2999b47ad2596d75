namespace ChatBotKit.Bench.Floors;

/// <summary>
/// The least that streams a model's answer as JSON Lines: it passes the request on and writes one line for each token.
/// Nothing is stored and nothing checked.
/// </summary>
internal sealed class ProxyFloor(Uri model)
{
    private readonly ProxiedModel _model = new(model);

    public void Map(IEndpointRouteBuilder app) => app.MapPost("/stream", StreamAsync);

    private async Task StreamAsync(HttpContext context) =>
        await _model.StreamAsync(await RequestBody.ReadAsync(context), context, said: null);
}
