using System.Text.Json.Serialization.Metadata;

namespace ChatBotKit;

/// <summary>Executes GraphQL operations, which can fetch related resources in one call.</summary>
public class GraphQlClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="GraphQlClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public GraphQlClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="GraphQlClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public GraphQlClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="GraphQlClient"/> class without options, for test doubles that override
    /// operations.
    /// </summary>
    protected GraphQlClient()
    {
    }

    /// <summary>Executes a query or mutation.</summary>
    /// <param name="request">The operation and its variables.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The data, the errors, or both. Errors of the operation are not thrown.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the request is not valid. Errors of the query itself are part of the answer and
    /// are not thrown.
    /// </exception>
    public virtual Task<GraphQlResponse> CallAsync(GraphQlRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync<GraphQlResponse>(new Route("/api/v1/graphql"), request, cancellationToken);
    }

    /// <summary>Executes a query or mutation and deserializes its data into a type of your own.</summary>
    /// <typeparam name="TResult">The type of the data.</typeparam>
    /// <param name="request">The operation and its variables.</param>
    /// <param name="resultType">The metadata of the type of the data, from a source-generated context.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The data, the errors, or both. Errors of the operation are not thrown.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the request is not valid. Errors of the query itself are part of the answer and
    /// are not thrown. <see cref="ClientErrorCodes.InvalidResponse"/>: the data does not match the type.
    /// </exception>
    public virtual async Task<GraphQlResult<TResult>> CallAsync<TResult>(
        GraphQlRequest request, JsonTypeInfo<TResult> resultType, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resultType);
        var response = await CallAsync(request, cancellationToken).ConfigureAwait(false);
        return new GraphQlResult<TResult>
        {
            Data = response.Data is null ? default : TypedJson.Read(response.Data, resultType),
            Errors = response.Errors ?? [],
        };
    }

    /// <summary>Executes a query or mutation whose variables and data are types of your own.</summary>
    /// <typeparam name="TVariables">The type of the variables, which must be serialized as a JSON object.</typeparam>
    /// <typeparam name="TResult">The type of the data.</typeparam>
    /// <param name="query">The document with the operation.</param>
    /// <param name="variables">The values of the variables.</param>
    /// <param name="variablesType">The metadata of the type of the variables, from a source-generated context.</param>
    /// <param name="resultType">The metadata of the type of the data, from a source-generated context.</param>
    /// <param name="operationName">The operation to execute when the document has several; null when it has one.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The data, the errors, or both. Errors of the operation are not thrown.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the request is not valid. Errors of the query itself are part of the answer and
    /// are not thrown. <see cref="ClientErrorCodes.InvalidResponse"/>: the data does not match the type.
    /// </exception>
    public virtual Task<GraphQlResult<TResult>> CallAsync<TVariables, TResult>(
        string query,
        TVariables variables,
        JsonTypeInfo<TVariables> variablesType,
        JsonTypeInfo<TResult> resultType,
        string? operationName = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(query);
        var request = new GraphQlRequest
        {
            Query = query,
            Variables = TypedJson.ToObject(variables, variablesType),
            OperationName = operationName,
        };
        return CallAsync(request, resultType, cancellationToken);
    }
}
