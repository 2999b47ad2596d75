using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace ChatBotKit.Server.ModelProviders.OpenAi.Requests;

/// <summary>Writes the <c>content</c> of a message: its text, followed by its pictures.</summary>
internal static class OpenAiContentWriter
{
    /// <param name="json">The writer of the request body.</param>
    /// <param name="message">The message.</param>
    /// <param name="withPictures">Whether pictures are sent; if not, the text mentions them.</param>
    public static void Write(Utf8JsonWriter json, ModelMessage message, bool withPictures)
    {
        if (message.Text.Length == 0 && message.ToolCalls.Count > 0)
        {
            json.WriteNull("content"u8);
            return;
        }

        // Every server accepts a plain string, so the list of parts is used only with pictures.
        if (!withPictures || message.Pictures.Count == 0)
        {
            json.WriteString("content"u8, message.TextWithoutPictures);
            return;
        }

        json.WriteStartArray("content"u8);
        if (message.Text.Length > 0)
            WriteText(json, message.Text);
        foreach (var picture in message.Pictures)
        {
            WriteText(json, picture.Label);
            WritePicture(json, picture);
        }

        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "text"u8);
        json.WriteString("text"u8, text);
        json.WriteEndObject();
    }

    private static void WritePicture(Utf8JsonWriter json, ModelPicture picture)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "image_url"u8);
        json.WriteStartObject("image_url"u8);
        json.WritePropertyName("url"u8);
        WriteDataUrl(json, picture);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteDataUrl(Utf8JsonWriter json, ModelPicture picture)
    {
        var prefix = $"data:{picture.MediaType};base64,";
        var url = ArrayPool<byte>.Shared.Rent(prefix.Length + Base64.GetMaxEncodedToUtf8Length(picture.Bytes.Length));
        try
        {
            var start = Encoding.ASCII.GetBytes(prefix, url);
            Base64.EncodeToUtf8(picture.Bytes.Span, url.AsSpan(start), out _, out var written);
            json.WriteStringValue(url.AsSpan(0, start + written));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(url);
        }
    }
}
