using System.Text.RegularExpressions;

namespace ChatBotKit.Server.ModelProviders;

/// <summary>Recognizes a refusal of pictures by the provider's words.</summary>
internal static partial class PictureRefusals
{
    /// <summary>Whether the words are about pictures at all.</summary>
    public static bool IsAboutPictures(string words) => Pictures().IsMatch(words);

    /// <summary>Whether the words are about this picture only, so that another one may be accepted.</summary>
    public static bool IsAboutOnePicture(string words) => OnePicture().IsMatch(words);

    [GeneratedRegex(
        @"\bimage|image_url|\bpicture|\bvision\b|multi-?modal|mmproj|content must be a string|\bcontent\b.*\bvalid string\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Pictures();

    [GeneratedRegex(
        @"decod|corrupt|too (large|big|small|many)|exceed|could not process|unable to process|unsupported image|image (format|type)|invalid image|not a valid image|invalid base64|dimension|pixel",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OnePicture();
}
