using System.Text.RegularExpressions;

namespace ChatBotKit.Server.ModelProviders;

/// <summary>Reads in a provider's words that it does not take pictures.</summary>
internal static partial class PictureRefusals
{
    /// <summary>Whether the words are about pictures at all.</summary>
    public static bool IsAboutPictures(string words) => Pictures().IsMatch(words);

    /// <summary>Whether they are about the picture that was sent, so that another one may be taken.</summary>
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
