using System.Buffers;
using System.Text.Json;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Features.Datasets.Records;

/// <summary>The response to an import: its result as one JSON document, or its progress as JSON Lines.</summary>
/// <param name="format">The format.</param>
/// <param name="report">The progress.</param>
/// <param name="run">Runs the import.</param>
internal sealed class ImportResult(ResponseFormat format, ImportReport report, Func<CancellationToken, Task> run) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        if (format == ResponseFormat.Json)
        {
            await run(httpContext.RequestAborted);
            await JsonAnswer.Of(report.ToResponse()).ExecuteAsync(httpContext);
            return;
        }

        StreamHeaders.Apply(httpContext.Response, format);
        var work = run(httpContext.RequestAborted);
        try
        {
            await WriteProgressAsync(httpContext, work);
            await WriteEndAsync(httpContext, work);
        }
        finally
        {
            // The import reads the body, which ends with this method.
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WriteProgressAsync(HttpContext context, Task work)
    {
        var (told, imported) = (0, 0);
        while (true)
        {
            var isDone = work.IsCompleted;
            var news = report.ReadAfter(told);
            foreach (var error in news.Errors)
                Write(context, new RecordImportEvent { Type = RecordImportEventType.Failed, Line = error.Line, Message = error.Message });
            told += news.Errors.Count;
            if (news.Imported > imported)
                Write(context, new RecordImportEvent { Type = RecordImportEventType.Imported, Imported = news.Imported, Changed = news.Changed });
            imported = news.Imported;
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
            if (isDone)
                return;
            await Task.WhenAny(work, report.Changed);
        }
    }

    private async Task WriteEndAsync(HttpContext context, Task work)
    {
        try
        {
            await work;
            var result = report.ToResponse();
            Write(context, new RecordImportEvent
            {
                Type = RecordImportEventType.Result,
                Imported = result.Imported,
                Changed = result.Changed,
                Failed = result.Failed,
            });
        }
        catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            var error = ApiError.From(exception);
            if (error.Code.Status >= StatusCodes.Status500InternalServerError)
                context.RequestServices.GetRequiredService<ILogger<ImportResult>>().LogError(exception, "An import of records failed");
            WriteLine(context, json =>
            {
                json.WriteString("type"u8, "error"u8);
                json.WriteStartObject("data"u8);
                json.WriteString("message"u8, error.Message);
                json.WriteString("code"u8, error.Code.Code);
                json.WriteEndObject();
            });
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private static void Write(HttpContext context, RecordImportEvent item) => WriteLine(context, json =>
    {
        json.WriteString("type"u8, "item"u8);
        json.WritePropertyName("data"u8);
        JsonSerializer.Serialize(json, item, ServerJson.Of<RecordImportEvent>(context));
    });

    private static void WriteLine(HttpContext context, Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        bytes.WriteByte((byte)'\n');
        context.Response.BodyWriter.Write(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }
}
