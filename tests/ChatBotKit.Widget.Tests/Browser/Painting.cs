namespace ChatBotKit.Widget.Tests.Browser;

/// <summary>Pictures of one color.</summary>
internal static class Painting
{
    /// <summary>Returns the color in the middle of a picture of the widget, which an argument selects, as red, green, blue and alpha.</summary>
    public const string ColorOf = "([selector]) => { const face = widget.querySelector(selector); return face ? [...face.getContext('2d').getImageData(32, 32, 1, 1).data].join() : 'none' }";

    private const string Paint = """
        async (color) => {
          const canvas = new OffscreenCanvas(40, 20)
          const context = canvas.getContext('2d')
          context.fillStyle = color
          context.fillRect(0, 0, 40, 20)
          return Array.from(new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer()), (byte) => byte.toString(16).padStart(2, '0')).join('')
        }
        """;

    /// <summary>Draws a picture, which is a PNG.</summary>
    public static async Task<byte[]> OfAsync(IBrowser browser, string color)
    {
        await using var context = await browser.NewContextAsync();
        return Convert.FromHexString(await (await context.NewPageAsync()).EvaluateAsync<string>(Paint, color));
    }
}
