using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Resources;

/// <summary>Writes a resource as a response: its document, which is copied without parsing, between id and times.</summary>
internal sealed class ResourceAnswer(ResourceRow row) : IResult
{
    /// <summary>The size of the braces, names and values around the document.</summary>
    private const int FrameLength = 160;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(row.Data.Length + FrameLength);
        try
        {
            var length = Write(row, buffer);
            httpContext.Response.ContentType = ResponseFormat.Json.ContentType();
            httpContext.Response.ContentLength = length;
            await httpContext.Response.Body.WriteAsync(buffer.AsMemory(0, length), httpContext.RequestAborted);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Returns the JSON of a resource.</summary>
    public static byte[] JsonOf(ResourceRow row)
    {
        var buffer = new byte[row.Data.Length + FrameLength];
        return buffer[..Write(row, buffer)];
    }

    /// <summary>Returns the writer for the items of a list.</summary>
    public static RawItems<ResourceRow> Items(ResourceKind kind) => new(Write, Read, kind.Fields.Columns);

    private static void Write(Utf8JsonWriter json, ResourceRow row)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(row.Data.Length + FrameLength);
        json.WriteRawValue(buffer.AsSpan(0, Write(row, buffer)), skipInputValidation: true);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private static JsonElement Read(ResourceRow row)
    {
        using var document = JsonDocument.Parse(JsonOf(row), JsonRules.Stored);
        return document.RootElement.Clone();
    }

    private static int Write(ResourceRow row, Span<byte> to)
    {
        var length = 0;
        Append(to, ref length, "{\"id\":\""u8);
        length += System.Text.Encoding.ASCII.GetBytes(row.Id, to[length..]);
        Append(to, ref length, "\","u8);
        var members = row.Data.AsSpan(1, row.Data.Length - 2);
        Append(to, ref length, members);
        Append(to, ref length, members.IsEmpty ? "\"createdAt\":"u8 : ",\"createdAt\":"u8);
        Append(to, ref length, row.CreatedAt);
        Append(to, ref length, ",\"updatedAt\":"u8);
        Append(to, ref length, row.UpdatedAt);
        Append(to, ref length, "}"u8);
        return length;
    }

    private static void Append(Span<byte> to, ref int length, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(to[length..]);
        length += bytes.Length;
    }

    private static void Append(Span<byte> to, ref int length, long number)
    {
        Utf8Formatter.TryFormat(number, to[length..], out var written);
        length += written;
    }
}
