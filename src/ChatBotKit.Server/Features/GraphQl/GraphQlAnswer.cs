using System.Text.Json;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.GraphQl.Results;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Json;
using GraphQL;
using GraphQL.Execution;

namespace ChatBotKit.Server.Features.GraphQl;

/// <summary>Writes the result of a query. It is always a 200: an error of a field leaves the other fields as they are.</summary>
internal sealed class GraphQlAnswer(ExecutionResult result) : IResult
{
    /// <summary>The maximum number of errors. A query of nothing but faults would have an answer that is many times as long.</summary>
    public const int MaxErrors = 100;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var body = ToBytes();
        var response = httpContext.Response;
        response.ContentType = ResponseFormat.Json.ContentType();
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, httpContext.RequestAborted).AsTask();
    }

    private byte[] ToBytes()
    {
        var buffer = new RentedBuffer();
        try
        {
            using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = ChatBotKitJson.ServerOptions.Encoder }))
                Write(json);
            return buffer.Take();
        }
        finally
        {
            buffer.Clear();
        }
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (result is { Executed: true, Data: ExecutionNode data })
        {
            json.WritePropertyName("data"u8);
            WriteNode(json, data);
        }

        if (result.Errors is { Count: > 0 } errors)
        {
            json.WriteStartArray("errors"u8);
            foreach (var error in errors.Take(MaxErrors))
                WriteError(json, error);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteNode(Utf8JsonWriter json, ExecutionNode? node)
    {
        switch (node)
        {
            case ResourceExecutionNode { SubFields: { } fields, Selection: { } selection } resource:
                WriteResource(json, resource, selection, fields);
                break;
            case ObjectExecutionNode { SubFields: { } fields }:
                json.WriteStartObject();
                foreach (var field in fields)
                {
                    json.WritePropertyName(field.Name!);
                    WriteNode(json, field);
                }

                json.WriteEndObject();
                break;
            case ArrayExecutionNode { Items: { } items }:
                json.WriteStartArray();
                foreach (var item in items)
                    WriteNode(json, item);
                json.WriteEndArray();
                break;
            case ArrayExecutionNode { SerializedResult: { } values }:
                WriteValue(json, values);
                break;
            default:
                WriteValue(json, node?.ToValue());
                break;
        }
    }

    private static void WriteResource(Utf8JsonWriter json, ResourceExecutionNode resource, ResourceSelection selection, ExecutionNode[] resolved)
    {
        var next = 0;
        json.WriteStartObject();
        foreach (var field in selection.Fields)
        {
            json.WritePropertyName(field.Key);
            if (field.IsResolved)
                WriteNode(json, resolved[next++]);
            else
                resource.Write(json, field);
        }

        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case JsonElement element:
                element.WriteTo(json);
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            case System.Collections.IEnumerable values:
                json.WriteStartArray();
                foreach (var item in values)
                    WriteValue(json, item);
                json.WriteEndArray();
                break;
            default:
                json.WriteStringValue(value.ToString());
                break;
        }
    }

    private static void WriteError(Utf8JsonWriter json, ExecutionError error)
    {
        var failure = error is DocumentError || error.InnerException is not { } cause ? null : ApiError.From(cause);
        json.WriteStartObject();
        json.WriteString("message"u8, FaultText.Clip(failure?.Message ?? error.Message, FaultText.MaxLength));
        if (error.Locations is { Count: > 0 } locations)
        {
            json.WriteStartArray("locations"u8);
            foreach (var location in locations)
            {
                json.WriteStartObject();
                json.WriteNumber("line"u8, location.Line);
                json.WriteNumber("column"u8, location.Column);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (error.Path is { } path)
        {
            json.WritePropertyName("path"u8);
            WriteValue(json, path);
        }

        json.WriteStartObject("extensions"u8);
        json.WriteString("code"u8, failure?.Code.Code ?? error.Code ?? ErrorCode.BadRequest.Code);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
