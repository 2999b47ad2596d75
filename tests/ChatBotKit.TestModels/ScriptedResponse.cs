using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ChatBotKit.TestModels;

/// <summary>The response that a <see cref="ModelScript"/> writes.</summary>
internal sealed class ScriptedResponse(HttpContext context, int number, CancellationToken ended)
{
    /// <summary>Leaves characters unescaped, so that a split can fall into the middle of one.</summary>
    public static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public int Number { get; } = number;

    public CancellationToken Ended { get; } = ended;

    public int PieceLength { get; set; } = int.MaxValue;

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var piece = bytes[..Math.Min(PieceLength, bytes.Length)];
            await context.Response.Body.WriteAsync(piece, Ended);
            await context.Response.Body.FlushAsync(Ended);
            bytes = bytes[piece.Length..];
        }
    }

    public void Abort() => context.Abort();
}
