using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.GraphQl.Limits;
using ChatBotKit.Server.Features.GraphQl.Results;
using ChatBotKit.Server.Features.GraphQl.Schema;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Validation;
using GraphQLParser.AST;
using GraphQLParser.Exceptions;

namespace ChatBotKit.Server.Features.GraphQl;

/// <summary>
/// Executes queries. A query is refused before anything is read when it is too long, too deep, or could return too much; the parser has
/// a limit of its own, so that no query overflows the stack. Errors never fail the request.
/// </summary>
internal sealed partial class GraphQlExecution(
    ResourceSchema schema, ResourceQueries queries, IStore store, ILogger<GraphQlExecution> logger)
{
    /// <summary>The maximum length of a query, in UTF-16 units.</summary>
    public const int MaxLength = 64 * 1024;

    /// <summary>How many levels the parser goes down. A level of fields has two of them.</summary>
    private const int MaxParserDepth = 64;

    /// <summary>How many fields are resolved at the same time.</summary>
    private const int MaxParallel = 4;

    /// <summary>How many valid queries are remembered, and the length of those that are.</summary>
    private const int MaxRemembered = 100;
    private const int MaxRememberedLength = 4 * 1024;

    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(20);

    private readonly DocumentExecuter _executer = new(
        new GraphQLDocumentBuilder(),
        new DocumentValidator(),
        new DefaultExecutionStrategySelector([new ExecutionStrategyRegistration(new ResourceExecutionStrategy(), OperationType.Query)]),
        []);

    private readonly ConcurrentDictionary<string, ValidQuery> _valid = new(StringComparer.Ordinal);

    public async Task<ExecutionResult> ExecuteAsync(GraphQlRequest request, string accountId, CancellationToken cancellationToken)
    {
        try
        {
            // Only the operation that is executed is validated.
            var key = $"{request.OperationName}\n{request.Query}";
            var isValid = _valid.TryGetValue(key, out var known);
            var document = known?.Document ?? Parse(request.Query);
            var variables = GraphQlVariables.Of(request.Variables);
            if (known is null or { HasVariables: true })
                QueryLimits.Check(document, schema.ListFields, variables);
            var result = await _executer.ExecuteAsync(new ExecutionOptions
            {
                Schema = schema.Schema,
                Document = document,
                Query = request.Query,
                Variables = variables,
                OperationName = request.OperationName,
                UserContext = new GraphQlCall(store, queries, accountId).AsUserContext(),
                ValidationRules = isValid ? [] : DocumentValidator.CoreRules,
                MaxParallelExecutionCount = MaxParallel,
                Timeout = MaxTime,
                CancellationToken = cancellationToken,
                UnhandledExceptionDelegate = context =>
                {
                    if (ApiError.From(context.OriginalException).Code.Status >= StatusCodes.Status500InternalServerError)
                        LogFailure(context.OriginalException);
                    return Task.CompletedTask;
                },
            });
            if (!isValid && result.Data is ExecutionNode)
                Remember(key, document);
            return result;
        }
        catch (ExecutionError error)
        {
            return new ExecutionResult { Errors = [error] };
        }
    }

    private static GraphQLDocument Parse(string query)
    {
        if (query.Length > MaxLength)
            throw new ExecutionError($"The query may have at most {MaxLength} characters");
        try
        {
            return new GraphQLDocumentBuilder { MaxDepth = MaxParserDepth }.Build(query);
        }
        catch (GraphQLParserException)
        {
            throw new ExecutionError($"The query may be nested at most {MaxParserDepth} levels deep");
        }
    }

    /// <summary>
    /// Remembers a query that the rules allow, so that the next request need not parse and validate it. When there are too many, all are
    /// forgotten: those that are used come back.
    /// </summary>
    private void Remember(string key, GraphQLDocument document)
    {
        if (key.Length > MaxRememberedLength)
            return;
        if (_valid.Count >= MaxRemembered)
            _valid.Clear();
        _valid.TryAdd(key, new ValidQuery(document, document.Definitions.OfType<GraphQLOperationDefinition>().Any(one => one.Variables is not null)));
    }

    /// <summary>A query that is remembered.</summary>
    /// <param name="Document">The parsed query.</param>
    /// <param name="HasVariables">Whether its cost depends on variables. Otherwise it was checked when the query was first executed.</param>
    private sealed record ValidQuery(GraphQLDocument Document, bool HasVariables);

    [LoggerMessage(LogLevel.Error, "A field of a GraphQL query failed")]
    private partial void LogFailure(Exception exception);
}

/// <summary>The values of variables, as the executor takes them.</summary>
internal static class GraphQlVariables
{
    public static Inputs Of(JsonObject? variables) => variables is null
        ? Inputs.Empty
        : new Inputs(variables.ToDictionary(variable => variable.Key, variable => ValueOf(variable.Value)));

    private static object? ValueOf(JsonNode? value) => value switch
    {
        null => null,
        JsonObject members => members.ToDictionary(member => member.Key, member => ValueOf(member.Value)),
        JsonArray elements => elements.Select(ValueOf).ToList(),
        _ => value.GetValueKind() switch
        {
            JsonValueKind.String => (string)value!,
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => NumberOf(value.AsValue()),
        },
    };

    private static object NumberOf(JsonValue value)
    {
        if (value.TryGetValue<int>(out var number))
            return number;
        return value.TryGetValue<long>(out var large) ? large : (double)value;
    }
}
