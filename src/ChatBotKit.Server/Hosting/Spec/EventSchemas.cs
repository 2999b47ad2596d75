using ChatBotKit.Server.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ChatBotKit.Server.Hosting;

/// <summary>The schemas of the lines of streams.</summary>
internal static class EventSchemas
{
    private const string RunLine = "RunEvent";
    private const string AbilityLine = "AbilityEvent";
    private const string ChannelLine = "ChannelEvent";
    private const string ImportLine = "RecordImportLine";
    private const string LogLine = "EventLogLine";

    /// <summary>The event types of a run, each with the record of its data; null for one without data.</summary>
    private static readonly (string Type, Type? Data)[] OfRuns =
    [
        ("token", typeof(TokenEventData)),
        ("reasoningToken", typeof(TokenEventData)),
        ("message", typeof(MessageEventData)),
        ("completeBegin", typeof(CompleteEventData)),
        ("completeEnd", typeof(CompleteEventData)),
        ("sendResult", typeof(SendResultEventData)),
        ("receiveResult", typeof(RunResult)),
        ("result", typeof(RunResult)),
        ("operationBegin", typeof(OperationEventData)),
        ("operationEnd", typeof(OperationEventData)),
        ("datasetSearchBegin", typeof(DatasetSearchEventData)),
        ("datasetSearchEnd", typeof(DatasetSearchEventData)),
        ("waitForChannelMessageBegin", typeof(ChannelWaitEventData)),
        ("waitForChannelMessageEnd", typeof(ChannelWaitEventData)),
        ("usage", typeof(UsageEventData)),
        ("abort", typeof(AbortEventData)),
        ("ping", null),
    ];

    public static IOpenApiSchema LineOf(StreamedAnswer stream, OpenApiDocument document) => stream.Kind switch
    {
        StreamKind.Run => new OpenApiSchemaReference(RunLine, document),
        StreamKind.Ability => new OpenApiSchemaReference(AbilityLine, document),
        StreamKind.Channel => new OpenApiSchemaReference(ChannelLine, document),
        StreamKind.EventLog => new OpenApiSchemaReference(LogLine, document),
        StreamKind.Import => new OpenApiSchemaReference(ImportLine, document),
        _ => Line("item", new OpenApiSchemaReference(stream.Line.Name, document)),
    };

    /// <summary>Adds the schemas that <see cref="LineOf"/> refers to.</summary>
    public static async Task AddToAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var lines = new Dictionary<string, IOpenApiSchema>();
        foreach (var (type, record) in OfRuns)
            lines.Add(type, Numbered(Line(type, record is null ? Empty() : await ReferenceAsync(record))));

        document.AddComponent(nameof(RecordImportEvent), await context.GetOrCreateSchemaAsync(typeof(RecordImportEvent), null, cancellationToken));
        document.AddComponent(ImportLine, new OpenApiSchema
        {
            Description = "A line of the progress of an import.",
            OneOf = [Line("item", new OpenApiSchemaReference(nameof(RecordImportEvent), document)), Line("error", new OpenApiSchemaReference(SpecDocument.Error, document))],
        });
        var error = Numbered(Line("error", new OpenApiSchemaReference(SpecDocument.Error, document)));
        document.AddComponent(RunLine, new OpenApiSchema { Description = "A line of a run's stream.", OneOf = [.. lines.Values, error] });
        lines["result"] = Numbered(Line("result", await ReferenceAsync(typeof(AbilityExecuteResponse))));
        document.AddComponent(AbilityLine, new OpenApiSchema { Description = "A line of the execution of an ability.", OneOf = [.. lines.Values, error] });
        document.AddComponent(ChannelLine, new OpenApiSchema
        {
            Description = "A line of a channel's stream. A `message` holds what was published, among it the events of runs that were dispatched.",
            OneOf = [Numbered(Line("message", Empty())), Line("nop", Empty()), Line("ping", Empty()), error],
        });

        document.AddComponent(LogLine, new OpenApiSchema
        {
            Description = "A line of the event log. An `item` is an event as in the list; the times of live ones are texts instead of milliseconds.",
            OneOf = [Line("item", Empty()), Line("ping", Empty()), Line("error", new OpenApiSchemaReference(SpecDocument.Error, document))],
        });

        async Task<IOpenApiSchema> ReferenceAsync(Type record)
        {
            document.AddComponent(record.Name, await context.GetOrCreateSchemaAsync(record, null, cancellationToken));
            return new OpenApiSchemaReference(record.Name, document);
        }
    }

    private static OpenApiSchema Empty() => new() { Type = JsonSchemaType.Object };

    private static OpenApiSchema Line(string type, IOpenApiSchema data) => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "type", "data" },
        Properties = new Dictionary<string, IOpenApiSchema> { ["type"] = new OpenApiSchema { Const = type }, ["data"] = data },
    };

    private static OpenApiSchema Numbered(OpenApiSchema line)
    {
        line.Properties!["id"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Integer,
            Description = "The number of the event, from which a stream can be taken up.",
        };
        line.Properties["createdAt"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "In milliseconds since 1970." };
        return line;
    }
}
