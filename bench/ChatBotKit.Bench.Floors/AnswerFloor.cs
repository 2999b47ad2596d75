using System.Globalization;

namespace ChatBotKit.Bench.Floors;

/// <summary>The floor of a server for measured clients: it sends the same prepared answer repeatedly, at almost no cost.</summary>
internal sealed class AnswerFloor(int events)
{
    /// <summary>The numbers of events in a request are multiples of this.</summary>
    public const int BlockLength = 1000;

    private static readonly byte[] Lines = TokenLines.Lines(BlockLength);
    private static readonly byte[] Chunks = TokenLines.Chunks(BlockLength);

    private static readonly byte[] Session =
        """{"id":"cbenchmark00000000000000","token":"header.claims-of-a-session-that-opens-nothing.signature","expiresAt":1800000000000}"""u8.ToArray();

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/api/v1/conversation/{id}/session/create", CreateSessionAsync);
        app.MapPost("/api/v1/conversation/complete", context => SayAsync(context, "application/jsonl", Lines));
        app.MapPost("/v1/chat/completions", async context =>
        {
            await SayAsync(context, "text/event-stream", Chunks);
            await context.Response.Body.WriteAsync("data: [DONE]\n\n"u8.ToArray(), context.RequestAborted);
        });
    }

    public static string[] Arguments(int events) => [FloorProgram.Answers, events.ToString(CultureInfo.InvariantCulture)];

    private static async Task CreateSessionAsync(HttpContext context)
    {
        await RequestBody.ReadAsync(context);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = Session.Length;
        await context.Response.Body.WriteAsync(Session, context.RequestAborted);
    }

    private async Task SayAsync(HttpContext context, string contentType, byte[] block)
    {
        await RequestBody.ReadAsync(context);
        context.Response.ContentType = contentType;
        for (var said = 0; said < events; said += BlockLength)
            await context.Response.Body.WriteAsync(block, context.RequestAborted);
    }
}
