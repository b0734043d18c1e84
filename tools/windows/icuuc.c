/*
 * Stands in for icuuc.dll, which is part of Windows 10 and not of Wine 8: Qt loads it and asks it for converters that
 * we never need. Answers "no such file" (ICU's U_FILE_ACCESS_ERROR). Put into a Wine prefix only, never shipped.
 */
#define EXPORTED __declspec(dllexport)
#define NONE(error) do { if (error) *(error) = 4; } while (0)

EXPORTED void *ucnv_open(const char *name, int *error) { (void)name; NONE(error); return 0; }
EXPORTED void ucnv_close(void *converter) { (void)converter; }
EXPORTED void ucnv_reset(void *converter) { (void)converter; }
EXPORTED signed char ucnv_getMaxCharSize(void *converter) { (void)converter; return 4; }
EXPORTED const char *ucnv_getName(void *converter, int *error) { (void)converter; NONE(error); return 0; }
EXPORTED void ucnv_getToUCallBack(void *converter, void **action, const void **context)
{ (void)converter; *action = 0; *context = 0; }
EXPORTED void ucnv_getFromUCallBack(void *converter, void **action, const void **context)
{ (void)converter; *action = 0; *context = 0; }
EXPORTED void ucnv_setToUCallBack(void) {}
EXPORTED void ucnv_setFromUCallBack(void) {}
EXPORTED void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
EXPORTED void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
EXPORTED void ucnv_cbToUWriteUChars(void) {}
EXPORTED void ucnv_cbFromUWriteUChars(void) {}
EXPORTED void ucnv_toUnicode(void *converter, void **target, void *end, void **source, void *last, int *offsets,
                             char flush, int *error)
{ (void)converter; (void)target; (void)end; (void)source; (void)last; (void)offsets; (void)flush; NONE(error); }
EXPORTED void ucnv_fromUnicode(void *converter, void **target, void *end, void **source, void *last, int *offsets,
                               char flush, int *error)
{ (void)converter; (void)target; (void)end; (void)source; (void)last; (void)offsets; (void)flush; NONE(error); }
EXPORTED int ucnv_toUCountPending(void *converter, int *error) { (void)converter; (void)error; return 0; }
EXPORTED int ucnv_fromUCountPending(void *converter, int *error) { (void)converter; (void)error; return 0; }
EXPORTED const char *ucnv_getStandardName(const char *name, const char *standard, int *error)
{ (void)name; (void)standard; NONE(error); return 0; }
EXPORTED const char *ucnv_getAvailableName(int number) { (void)number; return 0; }
EXPORTED int ucnv_countAvailable(void) { return 0; }
