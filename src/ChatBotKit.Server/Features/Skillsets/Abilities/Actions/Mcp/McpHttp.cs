using System.Runtime.CompilerServices;
using ChatBotKit.Server.Features.Uploads;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions;

/// <summary>
/// Sends the requests of one connection to an MCP server, bounds the responses, and notes what is wrong with them: the SDK reports most
/// faults of a connection as the same error.
/// </summary>
internal sealed class McpHttp : DelegatingHandler
{
    private const int MaxAnswerBytes = 4 * 1024 * 1024;
    private const string TooLarge = "answered with more than 4 MiB";

    private static readonly AsyncLocal<StrongBox<string?>?> Current = new();

    /// <param name="inner">The handler that all connections share.</param>
    public McpHttp(HttpMessageHandler inner)
        : base(inner)
    {
    }

    /// <summary>Starts the notes of a call. A connection serves several calls at once, so each has its own.</summary>
    /// <returns>What is wrong with the last response of the call, as the end of a sentence; null for nothing.</returns>
    public static StrongBox<string?> Note() => Current.Value = new StrongBox<string?>();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var faults = Current.Value ?? new StrongBox<string?>();
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            faults.Value = exception.InnerException is PrivateAddressException inner ? $"can't be reached: {inner.Message}" : "can't be reached";
            throw;
        }

        faults.Value = FaultOf(response);
        var bounded = new StreamContent(new BoundedStream(
            await response.Content.ReadAsStreamAsync(cancellationToken), MaxAnswerBytes, onExceeded: () => faults.Value = TooLarge));
        foreach (var header in response.Content.Headers)
            bounded.Headers.TryAddWithoutValidation(header.Key, header.Value);
        response.Content = bounded;
        return response;
    }

    private static string? FaultOf(HttpResponseMessage response) => (int)response.StatusCode switch
    {
        >= 300 and < 400 => "redirected the request, and credentials are sent to no other address",
        >= 400 => $"answered with the status {(int)response.StatusCode}",
        _ when response.Content.Headers.ContentType?.MediaType is null or "application/json" or "text/event-stream" => null,
        _ => "answered with something that is not MCP",
    };
}
