### English: sending pictures.

uploads-ready = { $n ->
    [one] { $n } picture is ready to go.
   *[other] { $n } pictures are ready to go.
}
uploads-left-out = Left out: { $why }

error-files-empty = This file is empty. Choose another one.
error-files-too_large = This picture is larger than 25 MB. Choose a smaller one.
error-files-unknown_format = This isn't a picture we can show. Choose a JPEG, PNG, WebP or GIF.
error-files-polyglot = This file hides something beside its picture. Take a fresh photo or a screenshot.
error-files-too_many_pixels = This picture has too many pixels. Choose a smaller one.
error-files-damaged = This file is damaged. Choose it again, or take another picture.
error-files-too_slow = This picture is too hard to work on. Choose another one.
error-files-active_content = This document holds something that runs by itself. Save it without that.
error-files-not_a_picture = This is a document. Choose a picture.
error-files-document_is_private = A document can't be shown to everybody. Choose a picture.
error-files-too_many_files = Choose at most 10 pictures at once.
error-files-quota_exceeded = You have no room left for more pictures.
error-files-not_worked_on = Something went wrong on our side. Send the picture once more.
error-files-bad_form = The pictures didn't arrive whole. Check your connection and send them again.
error-files-no_file = Choose at least one picture.
error-files-unknown_visibility = Open the page again and send the pictures once more.
error-files-not_ready = The picture isn't ready yet. Wait a moment.
error-files-account_locked = This account is locked and can't send pictures.
