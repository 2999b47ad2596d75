namespace ChatBotKit.Bench.Floors;

/// <summary>The floor of open streams: each sends one line and then nothing, until a request ends all of them.</summary>
internal sealed class StreamsFloor
{
    private TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/stream", StreamAsync);
        app.MapPost("/cut", Cut);
    }

    private async Task StreamAsync(HttpContext context)
    {
        var end = Volatile.Read(ref _end).Task;
        context.Response.ContentType = "application/jsonl";
        await context.Response.Body.WriteAsync("{\"type\":\"token\",\"data\":{\"token\":\"wait\"}}\n"u8.ToArray(), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await end.WaitAsync(context.RequestAborted);
        await context.Response.Body.WriteAsync("{\"type\":\"error\",\"data\":{\"code\":\"CUT\"}}\n"u8.ToArray(), context.RequestAborted);
    }

    private IResult Cut()
    {
        Interlocked.Exchange(ref _end, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        return Results.Ok();
    }
}
